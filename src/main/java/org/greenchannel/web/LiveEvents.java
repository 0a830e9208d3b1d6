package org.greenchannel.web;

import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.WorkDesk;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * News for open pages by server-sent events: ids of items that changed, and the end of the session. A connection lives as
 * long as its session, never longer, and never makes it live longer.
 */
@Controller
class LiveEvents {

    /** A person with more windows than this shares what the newest get. */
    static final int EACH = 6;

    /** The session has ended. */
    private static final String OVER = "over";

    /** Newer windows of the session listen: no need to come back. */
    private static final String REST = "rest";

    private static final int MOST = 2000;
    private static final int BEATS_TO_LOOK_AGAIN = 3;
    private static final long RETRY_MILLIS = 5000;

    private final WorkDesk desk;
    private final Accounts accounts;
    private final CurrentUser user;
    private final JsonMapper json;
    private final Map<UUID, Connection> open = new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();
    private final ExecutorService sending = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "live-events");
        thread.setDaemon(true);
        return thread;
    });
    private volatile int beats;
    private volatile boolean closing;

    LiveEvents(WorkDesk desk, Accounts accounts, CurrentUser user, JsonMapper json) {
        this.desk = desk;
        this.accounts = accounts;
        this.user = user;
        this.json = json;
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(HttpServletRequest request) {
        Viewer viewer = user.require();
        HttpSession session = request.getSession(false);
        if (session == null || closing || open.size() >= MOST) {
            throw Problem.unavailable("events-full");
        }
        makeRoom(session.getId());
        var connection = new Connection(session.getId(), viewer, order.incrementAndGet());
        open.put(connection.id, connection);
        connection.start();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(connection.emitter);
    }

    private void makeRoom(String session) {
        List<Connection> his = open.values().stream()
                .filter(one -> one.session.equals(session))
                .sorted(Comparator.comparingLong(one -> one.order))
                .toList();
        for (int i = 0; i <= his.size() - EACH; i++) {
            his.get(i).end(REST);
        }
    }

    /** A line now and then keeps proxies from closing the connection, and finds those that are gone. */
    @Scheduled(fixedDelayString = "PT20S", initialDelayString = "PT20S")
    void beat() {
        beats++;
        boolean look = beats % BEATS_TO_LOOK_AGAIN == 0;
        for (Connection connection : open.values()) {
            connection.send(SseEmitter.event().comment(""));
            if (look) {
                connection.lookAgain();
            }
        }
    }

    @EventListener
    void ended(HttpSessionDestroyedEvent event) {
        String session = event.getSession().getId();
        open.values().stream().filter(one -> one.session.equals(session)).forEach(one -> one.end(OVER));
    }

    /** An open connection would hold up the end of the server. */
    @EventListener
    void closed(ContextClosedEvent event) {
        closing = true;
        new ArrayList<>(open.values()).forEach(one -> one.end(""));
    }

    @PreDestroy
    void stop() {
        sending.shutdownNow();
    }

    /** One page that listens. */
    private final class Connection {
        private final UUID id = UUID.randomUUID();
        private final SseEmitter emitter = new SseEmitter(0L);
        private final String session;
        private final long order;
        private Viewer viewer;
        private AutoCloseable listening = () -> {};

        Connection(String session, Viewer viewer, long order) {
            this.session = session;
            this.viewer = viewer;
            this.order = order;
            emitter.onCompletion(this::forget);
            emitter.onTimeout(emitter::complete);
            emitter.onError(gone -> forget());
        }

        void start() {
            listen();
            send(SseEmitter.event().reconnectTime(RETRY_MILLIS).comment(""));
        }

        private synchronized void listen() {
            hush();
            listening = desk.listen(viewer, this::news);
        }

        private void news(Set<UUID> items) {
            send(SseEmitter.event().name("items").data(json.writeValueAsString(items), MediaType.TEXT_PLAIN));
        }

        /** A change of roles counts within a minute; who is gone hears nothing more. */
        private void lookAgain() {
            sending.execute(() -> {
                try {
                    viewer = accounts.viewer(viewer.username());
                    listen();
                } catch (Problem disabled) {
                    end(OVER);
                } catch (RuntimeException later) {
                    // the database is away: asked again next time
                }
            });
        }

        void send(SseEmitter.SseEventBuilder event) {
            if (sending.isShutdown()) {
                return;
            }
            sending.execute(() -> {
                try {
                    emitter.send(event);
                } catch (IOException | IllegalStateException gone) {
                    forget();
                }
            });
        }

        void end(String said) {
            forget();
            sending.execute(() -> {
                try {
                    if (!said.isEmpty()) {
                        emitter.send(SseEmitter.event().name(said).data("", MediaType.TEXT_PLAIN));
                    }
                } catch (IOException | IllegalStateException gone) {
                    // as good as ended
                }
                emitter.complete();
            });
        }

        private void forget() {
            open.remove(id);
            hush();
        }

        private synchronized void hush() {
            try {
                listening.close();
            } catch (Exception never) {
                throw new IllegalStateException(never);
            }
        }
    }
}
