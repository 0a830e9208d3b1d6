package org.greenchannel.flow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** Invented people nobody else has in the shared database: names, valid numbers of area 99, telephones. */
final class People {

    private static final String SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥乾坤震巽坎离艮兑";

    private People() {}

    static String name() {
        var name = new StringBuilder("测");
        for (int i = 0; i < 6; i++) {
            name.append(SIGNS.charAt(ThreadLocalRandom.current().nextInt(SIGNS.length())));
        }
        return name.toString();
    }

    static String number() {
        String first = "990105198" + ThreadLocalRandom.current().nextInt(10) + "0"
                + (1 + ThreadLocalRandom.current().nextInt(9)) + "1"
                + ThreadLocalRandom.current().nextInt(10)
                + String.format("%03d", ThreadLocalRandom.current().nextInt(1000));
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (first.charAt(i) - '0') * weights[i];
        }
        return first + "10X98765432".charAt(sum % 11);
    }

    static String phone() {
        return "139" + String.format("%08d", ThreadLocalRandom.current().nextInt(100_000_000));
    }

    /** The id of the person of a case, as the account finds it by name. */
    static String id(Api api, String user, String name) {
        JsonNode found = api.post(user, "/api/v1/persons/search", Map.of("term", name))
                .expect(200)
                .json();
        if (found.size() != 1) {
            throw new AssertionError(user + " finds " + found.size());
        }
        return found.get(0).get("id").asString();
    }

    /** Values of a field. */
    static List<String> texts(JsonNode items, String field) {
        var texts = new java.util.ArrayList<String>();
        items.forEach(item -> texts.add(item.path(field).asString("")));
        return texts;
    }
}
