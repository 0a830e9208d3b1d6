package org.greenchannel.document;

import com.openhtmltopdf.extend.FSCacheEx;
import com.openhtmltopdf.extend.FSCacheValue;
import com.openhtmltopdf.extend.impl.FSDefaultCacheStore;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.CacheStore;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.slf4j.Slf4jLogger;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Prints papers: Thymeleaf to XHTML, XHTML to PDF/A-2u. Nothing is fetched from outside while printing. */
@Component
class PaperPress {

    private final PaperFonts fonts;
    private final PaperFormat format;
    private final SpringTemplateEngine templates = engine();
    private final FSCacheEx<String, FSCacheValue> metrics = new FSDefaultCacheStore();
    private final byte[] colours = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggerImpl(new Slf4jLogger());
    }

    PaperPress(PaperFonts fonts, PaperFormat format) {
        this.fonts = fonts;
        this.format = format;
    }

    byte[] print(Paper paper) {
        return pdf(html(paper));
    }

    /** Any other template of the folder of papers. */
    byte[] print(String template, Locale locale, Map<String, Object> model) {
        return pdf(templates.process(template, new Context(locale, model)));
    }

    private byte[] pdf(String page) {
        var out = new ByteArrayOutputStream();
        var builder = new PdfRendererBuilder();
        builder.useFastMode();
        builder.usePdfAConformance(PdfAConformance.PDFA_2_U);
        builder.useColorProfile(colours);
        builder.useCacheStore(CacheStore.PDF_FONT_METRICS, metrics);
        builder.useFont(fonts.serif(), "serif-sc", 400, FontStyle.NORMAL, true);
        builder.useFont(fonts.serifBold(), "serif-sc", 700, FontStyle.NORMAL, true);
        builder.useFont(fonts.sans(), "sans-sc", 400, FontStyle.NORMAL, true);
        builder.useUriResolver((base, uri) -> inside(uri) ? uri : null);
        for (var when : ExternalResourceControlPriority.values()) {
            builder.useExternalResourceAccessControl((uri, type) -> inside(uri), when);
        }
        builder.withHtmlContent(page, null);
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A picture that stands in the page itself. */
    private static boolean inside(String uri) {
        return uri.startsWith("data:image/png;") || uri.startsWith("data:image/jpeg;");
    }

    String html(Paper paper) {
        var context = new Context(paper.locale(), model(paper));
        return templates.process("_layout/paper.html", context);
    }

    private Map<String, Object> model(Paper paper) {
        var model = new HashMap<String, Object>();
        model.put("body", paper.blueprint().template(paper.locale()));
        model.put("title", paper.blueprint().title().in(paper.locale()));
        model.put("basis", paper.blueprint().basis().in(paper.locale()));
        model.put("seal", paper.blueprint().seal());
        model.put("redHead", paper.blueprint().redHead());
        model.put("english", paper.locale().getLanguage().equals("en"));
        model.put("paper", paper);
        model.put("f", paper.shown());
        model.put("v", paper.values());
        model.put("qr", QrCode.dataUrl(paper.verificationUrl()));
        for (String label : new String[] {"case", "seal", "verify", "basis", "translation"}) {
            model.put(
                    "label" + Character.toUpperCase(label.charAt(0)) + label.substring(1),
                    format.message("document.label." + label, paper.locale()));
        }
        return model;
    }

    private static SpringTemplateEngine engine() {
        var resolver = new ClassLoaderTemplateResolver(PaperPress.class.getClassLoader());
        resolver.setPrefix("documents/");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }
}
