package org.greenchannel.attachment;

/** Forms in which a file can be had. */
public enum Rendition {
    /** As it was sent, with its metadata: evidence, for those who may, always saved and never shown in the page. */
    ORIGINAL,
    /** For reading: a picture drawn anew without metadata (no place, no device), at most 2000 pixels; a PDF as it is. */
    VIEW,
    /** Small picture, 320 pixels; of a PDF its first page. */
    THUMBNAIL,
    /** Picture of at most 1000 pixels for paper; of a PDF its first page. */
    PRINT
}
