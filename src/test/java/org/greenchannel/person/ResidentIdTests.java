package org.greenchannel.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidentIdTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    static String number(String first17) {
        return first17 + ResidentId.checkDigit(first17);
    }

    @Test
    void readsBirthAndSex() {
        assertThat(ResidentId.read(number("99010119900307457"), TODAY, true))
                .hasValue(new ResidentId(LocalDate.of(1990, 3, 7), "1"));
        assertThat(ResidentId.read(number("99010120240229106"), TODAY, true))
                .hasValueSatisfying(id -> assertThat(id.sex()).isEqualTo("2"));
    }

    @Test
    void theCheckDigitIsThatOfTheStandard() {
        // example of GB 11643
        assertThat(ResidentId.checkDigit("11010519491231002")).isEqualTo('X');
        assertThat(ResidentId.checkDigit("44052418800101001")).isEqualTo('4');
    }

    @ParameterizedTest
    @CsvSource({
        "99010119900230457, no such day",
        "99010118991231457, too early",
        "99010120261122457, born tomorrow",
        "00010119900307457, no such province"
    })
    void refusesWhatCannotBe(String first17, String why) {
        assertThat(ResidentId.read(number(first17), TODAY, true)).as(why).isEmpty();
    }

    @Test
    void refusesWrongFormsAndDigits() {
        String right = number("99010119900307457");
        char wrong = right.charAt(17) == '0' ? '1' : '0';
        for (String number :
                new String[] {right.substring(0, 17) + wrong, right.substring(0, 15), right + "0", "", "x"}) {
            assertThat(ResidentId.read(number, TODAY, true)).isEmpty();
        }
        assertThat(ResidentId.read(right, TODAY, false))
                .as("synthetic outside demo")
                .isEmpty();
        assertThat(ResidentId.read(number("41010519900307457"), TODAY, false)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"张三,张*", "欧阳修远,欧*", "𠮷野,𠮷*", "张,*", "Li Lei,L*"})
    void masksNames(String name, String masked) {
        assertThat(Masks.name(name)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"99010119900307457X,990***********457X", "E12345678,********8", "7,*"})
    void masksNumbers(String number, String masked) {
        assertThat(Masks.idNo(number)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"13812340000,138****0000", "0371-6655,*******55", "1,*"})
    void masksPhones(String number, String masked) {
        assertThat(Masks.phone(number)).isEqualTo(masked);
    }

    @Test
    void agesTurnOnTheBirthday() {
        assertThat(Ages.isMinor(Map.of("birthDate", "2008-11-22"), TODAY)).isTrue();
        assertThat(Ages.isMinor(Map.of("birthDate", "2008-11-21"), TODAY)).isFalse();
        assertThat(Ages.isMinor(Map.of("estimatedAge", "17"), TODAY)).isTrue();
        assertThat(Ages.isMinor(Map.of(), TODAY)).isFalse();
        assertThat(Ages.years(Map.of("birthDate", "1990-03-07", "estimatedAge", "60"), TODAY))
                .hasValue(36);
    }
}
