package org.greenchannel.person;

import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes blind indexes that older rows lack, a few rows a transaction; several nodes share the work. */
@Component
class PersonIndexes implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PersonIndexes.class);
    private static final int BATCH = 200;

    private final PersonTable people;
    private final GuardianTable guardians;
    private final TransactionTemplate transaction;

    PersonIndexes(PersonTable people, GuardianTable guardians, TransactionTemplate transaction) {
        this.people = people;
        this.guardians = guardians;
        this.transaction = transaction;
    }

    @Override
    public void run(ApplicationArguments args) {
        int made = all(people::index) + all(guardians::index);
        if (made > 0) {
            LOG.info("Blind indexes made for {} rows", made);
        }
    }

    private int all(IntUnaryOperator step) {
        int made = 0;
        Integer done;
        do {
            done = transaction.execute(status -> step.applyAsInt(BATCH));
            made += done == null ? 0 : done;
        } while (done != null && done > 0);
        return made;
    }
}
