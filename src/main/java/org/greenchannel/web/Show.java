package org.greenchannel.web;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Money;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Area;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.platform.LegalBasis;
import org.greenchannel.platform.Seeds;
import org.greenchannel.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Turns codes, times and names into words of the language of the request; templates know it as {@code show}. */
@Component("show")
public class Show {

    private static final DateTimeFormatter ZH = DateTimeFormatter.ofPattern("yyyy'年'M'月'd'日' HH:mm");
    private static final DateTimeFormatter EN = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter ZH_DAY = DateTimeFormatter.ofPattern("yyyy'年'M'月'd'日'");
    private static final DateTimeFormatter EN_DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final int SOON_DAYS = 3;

    private final MessageSource messages;
    private final Organisations organisations;
    private final Accounts accounts;
    private final Processes processes;
    private final Seeds seeds;
    private final LegalBasis legalBasis;
    private final Clock clock;
    private final ZoneId zone;
    private final Map<String, Text> roles = new ConcurrentHashMap<>();

    Show(
            MessageSource messages,
            Organisations organisations,
            Accounts accounts,
            Processes processes,
            Seeds seeds,
            LegalBasis legalBasis,
            Clock clock,
            ZoneId zone) {
        this.messages = messages;
        this.organisations = organisations;
        this.accounts = accounts;
        this.processes = processes;
        this.seeds = seeds;
        this.legalBasis = legalBasis;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * How much time is left.
     *
     * @param level {@code breached}, {@code today}, {@code soon}, {@code later} or {@code none}
     * @param words for example {@code 还剩 3 小时 20 分}
     * @param at the end, in words
     */
    public record Left(String level, String words, String at) {}

    /** Language of this request. */
    public Locale locale() {
        return LocaleContextHolder.getLocale();
    }

    private boolean english() {
        return locale().getLanguage().equals("en");
    }

    /** Time of day in the city. */
    public String clock(Instant at) {
        return at.atZone(zone).format(TIME);
    }

    /** {@code 2026年11月21日 14:05}. */
    public String dateTime(@Nullable Instant at) {
        return at == null ? "" : (english() ? EN : ZH).format(at.atZone(zone));
    }

    /** {@code 2026年11月21日}. */
    public String day(@Nullable Instant at) {
        return at == null ? "" : (english() ? EN_DAY : ZH_DAY).format(at.atZone(zone));
    }

    /** {@code 14:05}. */
    public String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at.atZone(zone));
    }

    /** Machine-readable. */
    public String iso(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }

    /** The text in the language of the request. */
    public String text(@Nullable Text text) {
        return text == null ? "" : text.in(locale());
    }

    /** The full references of a legal basis, one a law, in the language of the request. */
    public java.util.List<String> references(@Nullable String basis) {
        return basis == null
                ? java.util.List.of()
                : legalBasis.references(basis).stream().map(this::text).toList();
    }

    /** A legal basis in the language of the request: {@code 精神卫生法28条3款} or {@code MHL 28(3)}. */
    public String basis(@Nullable String basis) {
        return basis == null || basis.isBlank() ? "" : text(legalBasis.of(basis));
    }

    /** The basis of a clock: in Chinese as the seeds say it, in English with the names of the laws spelled out. */
    public String clockBasis(Text basis) {
        return locale().getLanguage().equals(Locale.ENGLISH.getLanguage()) ? basis(basis.en()) : text(basis);
    }

    /** Message by key; the key when there is none. */
    public String message(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, locale()));
    }

    /** Words of a code: key {@code code.<kind>.<value>}, otherwise the value itself. */
    public String code(String kind, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            return "";
        }
        return String.valueOf(messages.getMessage("code." + kind + "." + value, null, value.toString(), locale()));
    }

    /** Time left until the end of an item's legal clock. */
    public Left left(WorkItem item) {
        return item.pausedAt() == null
                ? left(item.dueHard() == null ? item.dueSoft() : item.dueHard())
                : new Left("none", message("clock.paused"), message("clock.paused-since", dateTime(item.pausedAt())));
    }

    /** Time left of a legal clock. */
    public Left left(LegalClock running) {
        return left(running.due().hard());
    }

    /** Time left until a moment. */
    public Left left(@Nullable Instant end) {
        if (end == null) {
            return new Left("none", message("due.none"), "");
        }
        Instant now = clock.instant();
        if (end.isBefore(now)) {
            return new Left("breached", message("due.over", span(Duration.between(end, now))), until(end));
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate day = end.atZone(zone).toLocalDate();
        String level = day.equals(today) ? "today" : day.isAfter(today.plusDays(SOON_DAYS)) ? "later" : "soon";
        return new Left(level, message("due.left", span(Duration.between(now, end))), until(end));
    }

    /** An end at midnight belongs to the day before: {@code 2026年11月25日 24:00}. */
    private String until(Instant end) {
        if (!end.atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return dateTime(end);
        }
        return dateTime(end.minus(Duration.ofDays(1))).replace("00:00", "24:00");
    }

    /** From one moment to another, or until now. */
    public Duration lasted(Instant from, @Nullable Instant to) {
        return Duration.between(from, to == null ? clock.instant() : to);
    }

    /** {@code 2 小时 5 分}. */
    public String span(Duration time) {
        long minutes = Math.max(1, time.toMinutes());
        long days = minutes / 1440;
        long hours = minutes % 1440 / 60;
        if (days > 0) {
            return hours > 0 && days < 7 ? message("span.days-hours", days, hours) : message("span.days", days);
        }
        long rest = minutes % 60;
        if (hours > 0) {
            return rest > 0 ? message("span.hours-minutes", hours, rest) : message("span.hours", hours);
        }
        return message("span.minutes", minutes);
    }

    /** Name of an organisation. */
    public String organisation(@Nullable String code) {
        return code == null
                ? ""
                : organisations
                        .find(code)
                        .map(Organisation::name)
                        .map(this::text)
                        .orElse(code);
    }

    /** Organisations of a care team, each once. */
    public String organisations(Collection<org.greenchannel.community.TeamMember> team) {
        return team.stream()
                .map(member -> organisation(member.organisation()))
                .distinct()
                .collect(java.util.stream.Collectors.joining(message("list.separator")));
    }

    /** Name of an area with the one above it, without the city. */
    public String area(@Nullable String code) {
        if (code == null || code.isBlank()) {
            return "";
        }
        Area area = organisations.area(code).orElse(null);
        if (area == null) {
            return code;
        }
        Area above = area.parent() == null
                ? null
                : organisations
                        .area(area.parent())
                        .filter(a -> a.parent() != null)
                        .orElse(null);
        String separator = english() ? ", " : "";
        return above == null
                ? text(area.name())
                : english()
                        ? text(area.name()) + separator + text(above.name())
                        : text(above.name()) + separator + text(area.name());
    }

    /** Name of a role. */
    public String role(String code) {
        if (roles.isEmpty() && seeds.read("roles.yaml").get("roles") instanceof Map<?, ?> all) {
            all.forEach((role, names) -> {
                if (names instanceof Map<?, ?> map) {
                    roles.put(
                            String.valueOf(role),
                            new Text(String.valueOf(map.get("zh")), String.valueOf(map.get("en"))));
                }
            });
        }
        Text name = roles.get(code);
        return name == null ? code : text(name);
    }

    /** {@code 接诊护士（市八院）} for each group. */
    public List<String> groups(Collection<String> groups) {
        var names = new LinkedHashSet<String>();
        for (String group : groups) {
            int at = group.indexOf('@');
            names.add(
                    at < 0
                            ? role(group)
                            : message("group.of", role(group.substring(0, at)), organisation(group.substring(at + 1))));
        }
        return List.copyOf(names);
    }

    /** Organisations of the groups, for the narrow rows of lists. */
    public String owner(Collection<String> groups) {
        return groups.isEmpty() ? "" : groups(groups).get(0) + (groups.size() > 1 ? " +" + (groups.size() - 1) : "");
    }

    /** Name of a colleague. */
    public String account(@Nullable String username) {
        return username == null
                ? message("actor.system")
                : username.startsWith("rights:")
                        ? message("actor." + username)
                        : accounts.displayNames(List.of(username)).getOrDefault(username, username);
    }

    /** Names of colleagues on one line. */
    public String accounts(Collection<String> usernames) {
        return usernames.stream()
                .map(this::account)
                .collect(java.util.stream.Collectors.joining(message("list.separator")));
    }

    /** Name of a process. */
    public String process(@Nullable String key) {
        return key == null
                ? ""
                : processes.find(key).map(info -> text(info.name())).orElse(key);
    }

    /** {@code ¥12,345.60}. */
    public String money(Money amount) {
        return "¥"
                + new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(amount.amount());
    }

    /** Sex and age on one line, whatever is known. */
    public String about(MaskedPerson person) {
        String sex = code("sex", person.sex());
        String age = person.age().isBlank() ? "" : message("person.age", person.age());
        return sex.isEmpty() || age.isEmpty() ? sex + age : sex + (english() ? ", " : "，") + age;
    }
}
