package org.greenchannel.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.greenchannel.personfile.PersonFiles;
import org.greenchannel.personfile.PersonMerges;
import org.greenchannel.personfile.PersonPage;
import org.greenchannel.platform.CurrentUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** People: search, the page of a person, a look at the identity. What is searched for is posted, never in an address. */
@Controller
class PersonPages {

    private final PersonFiles files;
    private final PersonMerges merges;
    private final Accounts accounts;
    private final CurrentUser user;

    PersonPages(PersonFiles files, PersonMerges merges, Accounts accounts, CurrentUser user) {
        this.files = files;
        this.merges = merges;
        this.accounts = accounts;
        this.user = user;
    }

    @GetMapping("/persons")
    String search(Model model) {
        Viewer viewer = user.require();
        if (!files.maySearch(viewer)) {
            throw Problem.forbidden("forbidden", "person.search");
        }
        model.addAttribute("mayMergePeople", merges.mayMerge(viewer));
        return "web/persons";
    }

    /** Answers with the rows; the term itself is not written into the page. */
    @PostMapping("/persons")
    String found(@RequestParam(defaultValue = "") String term, Model model) {
        Viewer viewer = user.require();
        if (term.isBlank()) {
            model.addAttribute("empty", true);
            return search(model);
        }
        model.addAttribute("found", files.search(term, viewer));
        model.addAttribute("mayMergePeople", merges.mayMerge(viewer));
        return "web/persons";
    }

    @GetMapping("/persons/{id}")
    String one(@PathVariable UUID id, Model model, Locale locale) {
        PersonPage page = files.get(id, user.require(), locale);
        model.addAttribute("page", page);
        model.addAttribute("purposes", Persons.PURPOSES);
        model.addAttribute("names", names(page));
        if (page.mayMerge()) {
            model.addAttribute("mergedHere", merges.done(page.person().id(), user.require()));
            model.addAttribute("splitReasons", PersonMerges.SPLIT_REASONS);
            model.addAttribute("requestId", UUID.randomUUID().toString());
        }
        return "web/person";
    }

    private Map<String, String> names(PersonPage page) {
        var usernames = new java.util.TreeSet<String>();
        List.copyOf(page.changes() == null ? List.of() : page.changes()).forEach(c -> usernames.add(c.username()));
        List.copyOf(page.visits() == null ? List.of() : page.visits()).forEach(v -> usernames.add(v.username()));
        return accounts.displayNames(usernames);
    }

    /** A look at the identity, for a purpose; the look is written down before the answer. */
    @PostMapping("/persons/{id}/reveal")
    String reveal(@PathVariable UUID id, @RequestParam(defaultValue = "") String purpose, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("identity", files.reveal(id, purpose, user.require()));
        model.addAttribute("purpose", purpose);
        return "web/person-identity";
    }
}
