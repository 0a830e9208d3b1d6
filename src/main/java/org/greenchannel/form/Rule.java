package org.greenchannel.form;

import java.util.List;
import org.greenchannel.kernel.Text;

/**
 * A rule over several fields.
 *
 * @param id rule id of the domain, for example {@code V03}
 * @param fields fields it speaks of; the first carries the message
 * @param valid FEEL, true when fine
 * @param warning whether it only warns
 */
record Rule(String id, List<String> fields, String valid, Text message, boolean warning) {}
