package org.greenchannel.attachment;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which scanner is asked: {@code greenchannel.attachments.clamd=host:3310}, otherwise none. */
@Configuration(proxyBeanMethods = false)
class AttachmentConfiguration {

    private static final int CLAMD_PORT = 3310;

    @Bean
    @ConditionalOnMissingBean(MalwareScan.class)
    MalwareScan malwareScan(
            @Value("${greenchannel.attachments.clamd:}") String clamd,
            @Value("${greenchannel.attachments.scan-timeout:20s}") Duration patience) {
        if (clamd.isBlank()) {
            return content -> MalwareScan.Verdict.NOT_SCANNED;
        }
        int colon = clamd.lastIndexOf(':');
        return colon < 0
                ? new ClamdScan(clamd.strip(), CLAMD_PORT, patience)
                : new ClamdScan(
                        clamd.substring(0, colon).strip(),
                        Integer.parseInt(clamd.substring(colon + 1).strip()),
                        patience);
    }
}
