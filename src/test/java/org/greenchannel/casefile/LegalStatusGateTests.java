package org.greenchannel.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.kernel.Problem;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The state machine C9: what it lists can be stored, everything else cannot. */
@AppTest
class LegalStatusGateTests {

    private static final List<String> STATUSES = List.of(
            "OBSERVATION",
            "VOLUNTARY",
            "VOLUNTARY_BY_REPRESENTATIVE",
            "INVOLUNTARY_SELF_HARM",
            "INVOLUNTARY_HARM_OTHERS",
            "TEMP_PROTECTIVE",
            "COMPULSORY_TREATMENT",
            "ABSENT",
            "RELEASED",
            "CLOSED");

    @Autowired
    private LegalStatusGate gate;

    private boolean allows(String from, String to) {
        try {
            gate.check(from.equals("-") ? null : from, to);
            return true;
        } catch (Problem e) {
            return false;
        }
    }

    /** The whole product: each row is read against C9; a change of the seed file shows here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-|OBSERVATION,VOLUNTARY,TEMP_PROTECTIVE,COMPULSORY_TREATMENT,RELEASED",
                "OBSERVATION|OBSERVATION,VOLUNTARY,VOLUNTARY_BY_REPRESENTATIVE,INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,TEMP_PROTECTIVE,RELEASED,ABSENT,CLOSED",
                "VOLUNTARY|INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,RELEASED,ABSENT,CLOSED",
                "VOLUNTARY_BY_REPRESENTATIVE|INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,RELEASED,ABSENT,CLOSED",
                "INVOLUNTARY_SELF_HARM|VOLUNTARY,INVOLUNTARY_HARM_OTHERS,TEMP_PROTECTIVE,RELEASED,ABSENT,CLOSED",
                "INVOLUNTARY_HARM_OTHERS|VOLUNTARY,INVOLUNTARY_SELF_HARM,TEMP_PROTECTIVE,RELEASED,ABSENT,CLOSED",
                "TEMP_PROTECTIVE|VOLUNTARY,VOLUNTARY_BY_REPRESENTATIVE,INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,COMPULSORY_TREATMENT,RELEASED,ABSENT,CLOSED",
                "COMPULSORY_TREATMENT|ABSENT,CLOSED",
                "RELEASED|OBSERVATION,ABSENT,CLOSED",
                "ABSENT|OBSERVATION,VOLUNTARY,VOLUNTARY_BY_REPRESENTATIVE,INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,TEMP_PROTECTIVE,COMPULSORY_TREATMENT,RELEASED,ABSENT,CLOSED",
                "CLOSED|",
            })
    void storesWhatC9Lists(String from, String targets) {
        Set<String> expected = targets == null ? Set.of() : new TreeSet<>(Arrays.asList(targets.split(",")));
        Set<String> allowed = new TreeSet<>();
        for (String to : STATUSES) {
            if (allows(from, to)) {
                allowed.add(to);
            }
        }
        assertThat(allowed).isEqualTo(expected);
    }

    @Test
    void aHospitalNeverEndsCompulsoryTreatment() {
        assertThatThrownBy(() -> gate.check("COMPULSORY_TREATMENT", "RELEASED")).isInstanceOf(Problem.class);
    }

    @Test
    void nothingUnknownIsStored() {
        assertThatThrownBy(() -> gate.check("OBSERVATION", "DETAINED")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> gate.check("NOWHERE", "RELEASED")).isInstanceOf(Problem.class);
    }
}
