package org.greenchannel.attachment;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Which scanners are asked: {@code greenchannel.attachments.clamd=host:3310},
 * {@code greenchannel.attachments.icap=icap://host:1344/service}, both, or none.
 */
@Configuration(proxyBeanMethods = false)
class AttachmentConfiguration {

    private static final int CLAMD_PORT = 3310;

    @Bean
    @ConditionalOnMissingBean(MalwareScan.class)
    MalwareScan malwareScan(
            @Value("${greenchannel.attachments.clamd:}") String clamd,
            @Value("${greenchannel.attachments.icap:}") String icap,
            @Value("${greenchannel.attachments.icap-mode:RESPMOD}") IcapScan.Mode mode,
            @Value("${greenchannel.attachments.scan-timeout:20s}") Duration patience) {
        var scanners = new ArrayList<MalwareScan>();
        if (!clamd.isBlank()) {
            scanners.add(clamd(clamd.strip(), patience));
        }
        if (!icap.isBlank()) {
            scanners.add(new IcapScan(URI.create(icap.strip()), mode, patience));
        }
        return all(scanners);
    }

    private static MalwareScan clamd(String place, Duration patience) {
        int colon = place.lastIndexOf(':');
        return colon < 0
                ? new ClamdScan(place, CLAMD_PORT, patience)
                : new ClamdScan(
                        place.substring(0, colon).strip(),
                        Integer.parseInt(place.substring(colon + 1).strip()),
                        patience);
    }

    /** Clean is what every scanner found clean. */
    static MalwareScan all(List<MalwareScan> scanners) {
        return content -> {
            MalwareScan.Verdict all = MalwareScan.Verdict.NOT_SCANNED;
            for (MalwareScan scanner : scanners) {
                all = scanner.scan(content);
                if (all == MalwareScan.Verdict.INFECTED) {
                    return all;
                }
            }
            return all;
        };
    }
}
