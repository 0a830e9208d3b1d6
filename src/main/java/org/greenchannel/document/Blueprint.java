package org.greenchannel.document;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.greenchannel.kernel.Text;

/**
 * A kind of paper, described by {@code documents/<code>/meta.yaml}.
 *
 * @param word word of the number, for example {@code 诊}
 * @param issuer sources of the issuing organisation's code, the first with a value counts
 * @param basis articles, for the paper and the timeline
 * @param dataClass data class of D16 of the content
 * @param startsClock clock that starts for the recipient when the notice is delivered
 * @param signatures labels of the signature places
 * @param seal whether the organisation's seal belongs on it
 * @param redHead whether it is an official paper in the form of GB/T 9704: name of the issuer and line in red
 * @param fields what the template may use
 */
record Blueprint(
        String code,
        Text title,
        String word,
        List<String> issuer,
        Text basis,
        String dataClass,
        Optional<String> startsClock,
        List<Text> signatures,
        boolean seal,
        boolean redHead,
        Map<String, Field> fields) {

    /**
     * One value of the paper.
     *
     * @param from sources, the first with a value counts
     * @param as how it is shown: {@code text}, {@code date}, {@code time}, {@code yes-no}, {@code account},
     *     {@code organisation}, {@code telephone}, {@code contact}, {@code area} or {@code code:<list>}
     */
    record Field(List<String> from, String as) {}

    /** Name of the template in the language. */
    String template(Locale locale) {
        return code + (locale.getLanguage().equals("en") ? "/template_en.html" : "/template.html");
    }
}
