package org.greenchannel.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class AccountsTests {

    private final TestClock clock = new TestClock();
    private final ModuleDatabase database = new ModuleDatabase("organisation");
    private Accounts accounts = accounts(true);

    private Accounts accounts(boolean demo) {
        SeedLoader loader = database.load(SeedFiles.ofRepository(), clock, demo);
        return new StoredAccounts(
                database.jdbc(), loader, new SignInFailures(database.jdbc(), clock), clock, ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void demoAccountsSignInWithTheDemoPassword() {
        String hash = accounts.passwordHash("Officer").orElseThrow();
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(DemoAccounts.encoder().matches("Lvtong-Demo-2026", hash)).isTrue();
        assertThat(DemoAccounts.encoder().matches("lvtong-demo-2026", hash)).isFalse();
        assertThat(accounts.passwordHash("nobody")).isEmpty();
    }

    @Test
    void viewerCarriesRolesAndResponsibility() {
        var officer = accounts.viewer("officer");
        assertThat(officer.groups()).containsExactly("police-officer@zz-ps-huayuanlu");
        assertThat(officer.areas()).containsExactly("990105001");
        assertThat(accounts.viewer("triage").areas()).isEmpty();
        assertThat(accounts.viewer("health").areas()).containsExactly("9901");
        assertThat(accounts.viewer("approver").areas()).containsExactly("990105");
        assertThatThrownBy(() -> accounts.viewer("nobody"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo("account-unknown"));
    }

    @Test
    void holdersOfARoleInAnOrganisation() {
        assertThat(accounts.holders(Set.of("psychiatrist-redx"), "zz-hosp-8"))
                .extracting(Account::username)
                .containsExactly("redx1", "redx2");
        assertThat(accounts.holders(Set.of("psychiatrist-redx", "psychiatrist-initial"), "zz-hosp-8"))
                .hasSize(4);
        assertThat(accounts.holders(Set.of(), "zz-hosp-8")).isEmpty();
        assertThat(accounts.find("doctor").orElseThrow().licences()).containsExactly("PSYCHIATRY");
        assertThat(accounts.displayNames(List.of("doctor", "nobody"))).containsOnlyKeys("doctor");
    }

    @Test
    void withoutTheDemonstrationItsAccountsAreClosed() {
        accounts = accounts(false);
        assertThat(accounts.passwordHash("officer")).isEmpty();
        assertThat(accounts.find("officer").orElseThrow().enabled()).isFalse();
        assertThatThrownBy(() -> accounts.viewer("officer")).isInstanceOf(Problem.class);
        assertThat(accounts.holders(Set.of("police-officer"), "zz-ps-huayuanlu"))
                .isEmpty();
        accounts = accounts(true);
        assertThat(accounts.viewer("officer").username()).isEqualTo("officer");
    }

    @Test
    void fiveFailuresLockAndTheLockDoublesUpToFourHours() {
        for (String name : List.of("officer", "does-not-exist")) {
            long[] expected = {15, 30, 60, 120, 240, 240};
            for (long minutes : expected) {
                for (int i = 0; i < 4; i++) {
                    accounts.signInFailed(name);
                    assertThat(accounts.lockedSeconds(name)).isZero();
                }
                accounts.signInFailed(name);
                assertThat(accounts.lockedSeconds(name)).isBetween(minutes * 60 - 5, minutes * 60);
                accounts.signInFailed(name); // a guess while locked does not make it longer
                assertThat(accounts.lockedSeconds(name)).isLessThanOrEqualTo(minutes * 60);
                clock.advance(Duration.ofMinutes(minutes).plusSeconds(1));
            }
            assertThat(accounts.lockedSeconds(name)).isZero();
        }
    }

    @Test
    void successOrADayForgetsFailures() {
        for (int i = 0; i < 4; i++) {
            accounts.signInFailed("town");
        }
        accounts.signInSucceeded("town");
        accounts.signInFailed("town");
        assertThat(accounts.lockedSeconds("town")).isZero();
        for (int i = 0; i < 4; i++) {
            accounts.signInFailed("civil");
        }
        clock.advance(Duration.ofHours(25));
        accounts.signInFailed("civil");
        assertThat(accounts.lockedSeconds("civil")).isZero();
    }

    @Test
    void nobodyHoldsTwoAdministrations() {
        assertThatThrownBy(() -> database.jdbc()
                        .sql(
                                """
                                insert into organisation.account_role (account, role, admin)
                                select id, 'sys-admin', true from organisation.account where username = 'auditor'""")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> database.jdbc()
                        .sql(
                                """
                                insert into organisation.account_role (account, role, admin)
                                select id, 'sys-admin', false from organisation.account where username = 'auditor'""")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void languageIsRemembered() {
        accounts.language("doctor", "en");
        assertThat(accounts.find("doctor").orElseThrow().language()).isEqualTo("en");
        assertThatThrownBy(() -> accounts.language("doctor", "fr")).isInstanceOf(Problem.class);
    }
}
