package org.greenchannel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Green Channel (绿通): one deployment serves one city. */
@SpringBootApplication
@EnableScheduling
@Modulithic(
        systemName = "Green Channel",
        sharedModules = {"kernel", "platform"})
public class Application {

    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
