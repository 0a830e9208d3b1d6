package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.greenchannel.community.CommunityCare;
import org.greenchannel.community.ExchangeList;
import org.greenchannel.community.RegisterEntry;
import org.greenchannel.community.RegisterQuery;
import org.greenchannel.kernel.Page;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Community management: whom to see and why, and the lists of an exchange. Every look is recorded before it is answered. */
@RestController
@RequestMapping("/api/v1/community")
@Tag(name = "community")
class CommunityController {

    private final CommunityCare care;
    private final CurrentUser user;

    CommunityController(CommunityCare care, CurrentUser user) {
        this.care = care;
        this.user = user;
    }

    @GetMapping("/registrations")
    @Operation(summary = "People under community management the caller may see, soonest visit first")
    Page<RegisterEntry> registrations(
            @RequestParam(required = false) @Nullable String colour,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String due,
            @RequestParam(required = false) @Nullable String area,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return care.register(new RegisterQuery(colour, status, due, area, limit, cursor), user.require());
    }

    @GetMapping("/exchanges/{number}")
    @Operation(summary = "Lists of an exchange of information that the caller's department may read")
    List<ExchangeList> exchange(@PathVariable String number) {
        return care.exchange(number, user.require());
    }
}
