package org.greenchannel.notification;

import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.greenchannel.notification.NoticePreferences.Choices;
import org.greenchannel.organisation.Organisations;
import org.springframework.stereotype.Component;

/** How a city tells people who have chosen nothing: section {@code notices} of its pack. */
@Component
class CityChoices {

    private static final Map<NoticeKind, Set<Channel>> CHANNELS = Map.of(
            NoticeKind.TASK, EnumSet.of(Channel.IN_APP, Channel.MAIL),
            NoticeKind.DEADLINE_NEAR, EnumSet.of(Channel.IN_APP, Channel.MAIL, Channel.CHAT),
            NoticeKind.DEADLINE_BREACHED, EnumSet.allOf(Channel.class),
            NoticeKind.MENTION, EnumSet.of(Channel.IN_APP, Channel.CHAT),
            NoticeKind.DECISION, EnumSet.of(Channel.IN_APP, Channel.MAIL));

    private final Organisations organisations;

    CityChoices(Organisations organisations) {
        this.organisations = organisations;
    }

    Choices choices() {
        Map<String, Object> settings = organisations.settings("notices");
        var channels = new EnumMap<NoticeKind, Set<Channel>>(CHANNELS);
        if (settings.get("channels") instanceof Map<?, ?> own) {
            own.forEach((kind, words) -> channels.put(NoticeKind.valueOf(String.valueOf(kind)), parsed(words)));
        }
        return bellOn(new Choices(
                channels,
                time(settings, "quietFrom", "22:00"),
                time(settings, "quietUntil", "07:00"),
                Boolean.parseBoolean(String.valueOf(settings.getOrDefault("digest", true))),
                false));
    }

    LocalTime digestAt() {
        return time(organisations.settings("notices"), "digestAt", "08:30");
    }

    /** The bell cannot be switched off for deadlines of the law. */
    static Choices bellOn(Choices choices) {
        var channels = new EnumMap<NoticeKind, Set<Channel>>(NoticeKind.class);
        for (NoticeKind kind : NoticeKind.values()) {
            var chosen = EnumSet.noneOf(Channel.class);
            chosen.addAll(choices.channels().getOrDefault(kind, Set.of()));
            if (kind.bellFixed()) {
                chosen.add(Channel.IN_APP);
            }
            channels.put(kind, chosen);
        }
        return new Choices(channels, choices.quietFrom(), choices.quietUntil(), choices.digest(), choices.own());
    }

    private static Set<Channel> parsed(Object words) {
        var channels = EnumSet.noneOf(Channel.class);
        Arrays.stream(String.valueOf(words).split("[\\[\\], ]+"))
                .filter(word -> !word.isEmpty())
                .map(Channel::valueOf)
                .forEach(channels::add);
        return channels;
    }

    private static LocalTime time(Map<String, Object> settings, String key, String fallback) {
        return LocalTime.parse(String.valueOf(settings.getOrDefault(key, fallback)));
    }
}
