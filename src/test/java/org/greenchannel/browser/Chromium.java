package org.greenchannel.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The system's Chromium, driven by the system's Node. */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

    static Chromium start() {
        String node = program("node");
        System.setProperty("playwright.nodejs.path", node);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node)));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(program("chromium", "chromium-browser", "google-chrome")))
                        .setChromiumSandbox(false)
                        .setArgs(List.of(
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new Chromium(playwright, browser);
    }

    /** The first of these programs on the path. */
    static String program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not installed: " + String.join(" or ", names)))
                .toString();
    }

    /** Ends the programs at once: whoever waits for an answer of theirs gets an error instead. */
    static void kill() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").matches(".*(chrom|node)[^/]*"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
