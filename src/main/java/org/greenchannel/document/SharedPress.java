package org.greenchannel.document;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Lends the press of the papers. */
@Component
class SharedPress implements PdfPress {

    private final PaperPress press;
    private final PdfPages pages;

    SharedPress(PaperPress press, PdfPages pages) {
        this.press = press;
        this.pages = pages;
    }

    @Override
    public byte[] print(String template, Locale locale, Map<String, Object> model) {
        return press.print(template, locale, model);
    }

    @Override
    public byte[] join(List<byte[]> files) {
        return pages.join(files);
    }
}
