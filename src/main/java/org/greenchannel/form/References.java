package org.greenchannel.form;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.form.Field.Option;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Area;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.springframework.stereotype.Component;

/** Options that are accounts, organisations or areas ({@code properties.ref}). */
@Component
class References {

    private static final String VARIABLE = "variable:";

    private final Accounts accounts;
    private final Organisations organisations;
    private final ZoneId zone;

    References(Accounts accounts, Organisations organisations, ZoneId zone) {
        this.accounts = accounts;
        this.organisations = organisations;
        this.zone = zone;
    }

    /** Professional licences the viewer holds today. */
    List<String> licences(Viewer viewer) {
        return accounts.find(viewer.username())
                .map(account -> List.copyOf(account.licences()))
                .orElse(List.of());
    }

    /** Whether the field refers to something kept elsewhere. */
    static boolean is(Field field) {
        return field.properties().containsKey("ref");
    }

    /** What may be chosen. */
    List<Option> options(Field field, FormContext context, Locale locale) {
        return switch (ref(field)) {
            case "account" ->
                holders(field, context).stream()
                        .filter(account -> !excluded(field, account.username(), context))
                        .map(account -> new Option(account.username(), account.displayName()))
                        .toList();
            case "organisation" ->
                candidates(field, context)
                        .map(found -> new Option(found.code(), found.name().in(locale)))
                        .toList();
            case "area" ->
                places(context)
                        .map(area -> new Option(area.code(), placeName(area, locale)))
                        .toList();
            default -> throw new IllegalStateException("unknown reference " + ref(field));
        };
    }

    /** Whether the value may be chosen. */
    boolean allows(Field field, String value, FormContext context) {
        return switch (ref(field)) {
            case "account" ->
                holders(field, context).stream()
                        .anyMatch(account -> account.username().equals(value));
            case "organisation" ->
                candidates(field, context).anyMatch(found -> found.code().equals(value));
            default -> places(context).anyMatch(area -> area.code().equals(value));
        };
    }

    /** Areas in which something can happen: those without parts of their own, the viewer's own first. */
    private Stream<Area> places(FormContext context) {
        List<Area> all = organisations.areas();
        Set<String> parents = all.stream().map(Area::parent).collect(Collectors.toSet());
        return all.stream()
                .filter(area -> !parents.contains(area.code()))
                .sorted(Comparator.comparing((Area area) -> !own(area, context)));
    }

    private static boolean own(Area area, FormContext context) {
        return context.viewer().areas().stream().anyMatch(mine -> area.code().startsWith(mine.replaceAll("0+$", "")));
    }

    /** A community with its town: communities of different towns may have one name. */
    private String placeName(Area area, Locale locale) {
        String name = area.name().in(locale);
        String parent = area.parent();
        return parent == null
                ? name
                : organisations
                        .area(parent)
                        .map(town -> town.name().in(locale) + " " + name)
                        .orElse(name);
    }

    /** What people call it; the value itself if it is not known any more. */
    String name(Field field, String value, Locale locale) {
        return switch (ref(field)) {
            case "account" -> accounts.displayNames(List.of(value)).getOrDefault(value, value);
            case "organisation" ->
                organisations.find(value).map(o -> o.name().in(locale)).orElse(value);
            default -> organisations.area(value).map(a -> a.name().in(locale)).orElse(value);
        };
    }

    private List<Account> holders(Field field, FormContext context) {
        return accounts.holders(words(field, "refRoles"), organisation(field, context));
    }

    /** Who is not offered ({@code refNot}): the rule of the form that refuses him says why, so he need not be asked for. */
    private static boolean excluded(Field field, String username, FormContext context) {
        return words(field, "refNot").stream()
                .anyMatch(word -> word.equals("viewer")
                        ? username.equals(context.viewer().username())
                        : context.signers().getOrDefault(word, List.of()).contains(username));
    }

    /** The organisation of the task, or the one a process variable names ({@code refOrganisation=variable:…}). */
    private static String organisation(Field field, FormContext context) {
        String from = field.properties().getOrDefault("refOrganisation", "");
        Object named = from.startsWith(VARIABLE) ? context.variables().get(from.substring(VARIABLE.length())) : null;
        return named instanceof String code ? code : context.organisation();
    }

    private Stream<Organisation> candidates(Field field, FormContext context) {
        List<String> functions = words(field, "refFunction");
        if (functions.isEmpty()) {
            return organisations.all().stream();
        }
        LocalDate today = context.now().atZone(zone).toLocalDate();
        return functions.stream()
                .flatMap(function -> organisations.holders(function, area(context), today).stream())
                .distinct();
    }

    /** Area of the case; a case that is being started may have none yet, then that of the viewer's organisation. */
    private String area(FormContext context) {
        return context.area().isBlank()
                ? organisations
                        .find(context.viewer().organisation())
                        .map(Organisation::area)
                        .orElse("")
                : context.area();
    }

    private static List<String> words(Field field, String property) {
        return Arrays.stream(field.properties().getOrDefault(property, "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String ref(Field field) {
        return field.properties().getOrDefault("ref", "");
    }
}
