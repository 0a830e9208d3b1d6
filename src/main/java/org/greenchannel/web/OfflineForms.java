package org.greenchannel.web;

import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Which forms a device may keep to be filled in without a connection: those whose model says so, where the city allows it. */
@Component
class OfflineForms {

    private final boolean enabled;

    OfflineForms(@Value("${greenchannel.offline-forms:true}") boolean enabled) {
        this.enabled = enabled;
    }

    boolean enabled() {
        return enabled;
    }

    /** Root property {@code offline} of the form. */
    boolean allows(Map<String, ?> schema) {
        return enabled
                && schema.get("properties") instanceof Map<?, ?> properties
                && "true".equals(String.valueOf(properties.get("offline")));
    }
}
