package org.greenchannel.worklist;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Area;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Turns words of a search into codes. Items hold codes of process, stage and area; what these are called stands in models,
 * bundles and the city pack. Looked up here, in memory, a name costs the database nothing and never goes stale.
 */
@Component
class Words {

    private static final int MOST_WORDS = 5;
    private static final int LONGEST = 60;
    private static final int VILLAGE = 12;
    private static final List<Integer> LEVELS = List.of(2, 4, 6, 9);
    private static final String STAGE = "code.stage.";

    private final Processes processes;
    private final Organisations organisations;
    private final Texts texts;
    private final List<String> stages;

    Words(Processes processes, Organisations organisations, Texts texts) {
        this.processes = processes;
        this.organisations = organisations;
        this.texts = texts;
        this.stages = stageCodes();
    }

    /** The words of a search, each in one form of letters and digits, whatever the input method produced. */
    static List<String> split(String q) {
        String plain = Normalizer.normalize(q, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Stream.of(plain.substring(0, Math.min(plain.length(), LONGEST)).split("[\\s,，、。;；]+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
    }

    /** Codes of the stages a case can be in, in the order of their codes. */
    List<String> stages() {
        return stages;
    }

    List<String> processes(String word) {
        return processes.all().stream()
                .filter(process -> says(process.name(), word))
                .map(process -> process.key())
                .toList();
    }

    List<String> stages(String word) {
        return stages.stream()
                .filter(code -> says(texts.of(STAGE + code), word))
                .toList();
    }

    /** Beginnings of the codes of all areas so called, or inside one so called. */
    List<String> areas(String word) {
        Map<String, Area> all = new HashMap<>();
        organisations.areas().forEach(area -> all.put(area.code(), area));
        var found = new ArrayList<String>();
        for (Area area : all.values()) {
            Area above = area.parent() == null ? null : all.get(area.parent());
            String zh = (above == null ? "" : above.name().zh()) + area.name().zh();
            if (zh.toLowerCase(Locale.ROOT).contains(word)
                    || area.name().en().toLowerCase(Locale.ROOT).contains(word)) {
                found.add(inside(area.code()));
            }
        }
        return found;
    }

    /** What the codes of everything in an area begin with: province 2, city 4, district 6, town 9, village 12 digits. */
    static String inside(String area) {
        if (area.length() != VILLAGE) {
            return area;
        }
        for (int digits : LEVELS) {
            if (area.substring(digits).chars().allMatch(digit -> digit == '0')) {
                return area.substring(0, digits);
            }
        }
        return area;
    }

    private static boolean says(Text name, String word) {
        return name.zh().toLowerCase(Locale.ROOT).contains(word)
                || name.en().toLowerCase(Locale.ROOT).contains(word);
    }

    private static List<String> stageCodes() {
        var codes = new TreeSet<String>();
        try {
            for (Resource bundle :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*.properties")) {
                var properties = new Properties();
                try (var reader = new InputStreamReader(bundle.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties.stringPropertyNames().stream()
                        .filter(key -> key.startsWith(STAGE))
                        .map(key -> key.substring(STAGE.length()))
                        .forEach(codes::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(codes);
    }
}
