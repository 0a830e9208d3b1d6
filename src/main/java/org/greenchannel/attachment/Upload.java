package org.greenchannel.attachment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file about to be stored.
 *
 * @param fileName name as sent; only its last part is kept, cleaned
 * @param content the whole file
 * @param workItemId task it belongs to, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record Upload(AttachmentKind kind, String fileName, byte[] content, @Nullable UUID workItemId) {}
