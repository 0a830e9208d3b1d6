package org.greenchannel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** A basis reads as people of each language write it. */
class LegalBasisTests {

    private final LegalBasis basis = new LegalBasis(seeds());

    private static Seeds seeds() {
        Seeds seeds = Mockito.mock(Seeds.class);
        Mockito.when(seeds.read("laws.yaml"))
                .thenReturn(Map.of(
                        "MHL", Map.of("zh", "精神卫生法", "en", "Mental Health Law"),
                        "PIPL", Map.of("zh", "个人信息保护法", "en", "PIPL"),
                        "CPL", Map.of("zh", "刑事诉讼法", "en", "CPL"),
                        "2018 spec", Map.of("zh", "工作规范", "en", "spec")));
        return seeds;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "MHL 28(3), 74(1)#精神卫生法28条3款、74条1款",
                "MHL 30(2)(2)#精神卫生法30条2款2项",
                "MHL 29, 30; PIPL 24(3)#精神卫生法29条、30条；个人信息保护法24条3款",
                "CPL 302-303#刑事诉讼法302至303条",
                "MHL 32(1), (2)#精神卫生法32条1款、2款",
                "2018 spec#工作规范",
                "Separation of duties#Separation of duties",
                "精神卫生法29条 | MHL 29#精神卫生法29条",
            })
    void readsInChinese(String written, String chinese) {
        assertThat(basis.of(written).zh()).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {"MHL 28(3)#MHL 28(3)", "精神卫生法29条 | MHL 29#MHL 29"})
    void staysShortInEnglish(String written, String english) {
        assertThat(basis.of(written).en()).isEqualTo(english);
    }

    @org.junit.jupiter.api.Test
    void joinsEachLanguageByItself() {
        assertThat(basis.join(List.of("精神卫生法29条 | MHL 29", "MHL 30")))
                .isEqualTo(new org.greenchannel.kernel.Text("精神卫生法29条；精神卫生法30条", "MHL 29; MHL 30"));
    }
}
