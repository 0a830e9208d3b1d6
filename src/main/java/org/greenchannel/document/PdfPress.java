package org.greenchannel.document;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The press of the official papers, for other prints of the product. */
public interface PdfPress {
    /** Prints a template below {@code documents/} as PDF/A; nothing is fetched from outside. */
    byte[] print(String template, Locale locale, Map<String, Object> model);

    /** One file of several, in their order. */
    byte[] join(List<byte[]> files);
}
