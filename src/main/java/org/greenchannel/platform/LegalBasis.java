package org.greenchannel.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.greenchannel.kernel.Text;
import org.springframework.stereotype.Component;

/**
 * Writes a legal basis for people. Models and tables cite articles in short ({@code MHL 28(3), 74(1)}); Chinese readers
 * want 精神卫生法28条3款、74条1款. A basis that already has both languages is written {@code 中文 | English}.
 */
@Component
public class LegalBasis {

    private static final Pattern ARTICLE = Pattern.compile("(\\d+)(?:-(\\d+))?(?:\\((\\d+)\\))?(?:\\((\\d+)\\))?");
    private static final Pattern PARAGRAPH = Pattern.compile("\\((\\d+)\\)");

    private final Map<String, Text> laws = new LinkedHashMap<>();
    private final Map<String, Text> titles = new LinkedHashMap<>();

    LegalBasis(Seeds seeds) {
        Map<String, Object> file = seeds.read("laws.yaml");
        file.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(code -> {
                    if (file.get(code) instanceof Map<?, ?> names) {
                        Text name = names(names);
                        laws.put(code, name);
                        titles.put(code, names.get("official") instanceof Map<?, ?> official ? names(official) : name);
                    }
                });
    }

    private static Text names(Map<?, ?> names) {
        return new Text(String.valueOf(names.get("zh")), String.valueOf(names.get("en")));
    }

    /** The full references, one a law: its official title and the articles. What names no law is left out. */
    public List<Text> references(String basis) {
        int bar = basis.indexOf(" | ");
        List<Text> references = new ArrayList<>();
        for (String part : (bar < 0 ? basis : basis.substring(bar + 3)).split(";")) {
            String cited = part.strip();
            titles.entrySet().stream()
                    .filter(law -> cited.equals(law.getKey()) || cited.startsWith(law.getKey() + " "))
                    .findFirst()
                    .ifPresent(law -> {
                        String rest = cited.substring(law.getKey().length()).strip();
                        references.add(new Text(
                                "《" + law.getValue().zh() + "》" + articles(rest),
                                law.getValue().en() + (rest.isEmpty() ? "" : ", " + rest)));
                    });
        }
        return references;
    }

    /** The basis in both languages. */
    public Text of(String basis) {
        int bar = basis.indexOf(" | ");
        if (bar >= 0) {
            return new Text(
                    basis.substring(0, bar).strip(), basis.substring(bar + 3).strip());
        }
        List<String> chinese = new ArrayList<>();
        for (String part : basis.split(";")) {
            if (!part.isBlank()) {
                chinese.add(chinese(part.strip()));
            }
        }
        return new Text(String.join("；", chinese), basis);
    }

    /** Several bases as one, each language by itself. */
    public Text join(List<String> bases) {
        List<Text> texts = bases.stream().distinct().map(this::of).toList();
        return new Text(
                String.join("；", texts.stream().map(Text::zh).toList()),
                String.join("; ", texts.stream().map(Text::en).toList()));
    }

    private String chinese(String part) {
        for (Map.Entry<String, Text> law : laws.entrySet()) {
            if (part.equals(law.getKey())) {
                return law.getValue().zh();
            }
            if (part.startsWith(law.getKey() + " ")) {
                return law.getValue().zh()
                        + articles(part.substring(law.getKey().length()).strip());
            }
        }
        return part;
    }

    private static String articles(String rest) {
        List<String> articles = new ArrayList<>();
        for (String article : rest.split(",")) {
            Matcher match = ARTICLE.matcher(article.strip());
            Matcher again = PARAGRAPH.matcher(article.strip());
            if (match.matches()) {
                articles.add(match.group(1)
                        + (match.group(2) == null ? "" : "至" + match.group(2))
                        + "条"
                        + (match.group(3) == null ? "" : match.group(3) + "款")
                        + (match.group(4) == null ? "" : match.group(4) + "项"));
            } else if (again.matches()) {
                articles.add(again.group(1) + "款"); // the same article: 32(1), (2)
            } else {
                return rest; // not a list of articles: as it was written
            }
        }
        return String.join("、", articles);
    }
}
