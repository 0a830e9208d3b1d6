package org.greenchannel.oversight;

import java.util.List;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** From each mechanism of the source documents to what the product does about it. */
public interface Traceability {
    /** The documents, in order. */
    List<SourceDocument> sources();

    /**
     * Mechanisms in the order of the documents; problem {@code forbidden} for who may not read them.
     *
     * @param source code of a document, or null for all
     * @param mark a mark, or null for all
     */
    List<Mechanism> mechanisms(@Nullable String source, @Nullable String mark, Viewer viewer);

    /** Mechanisms that the process serves, in the order of the documents. */
    List<Mechanism> servedBy(String process, Viewer viewer);

    /** Name of something that serves, for example of a clock; the code itself if it has none. */
    Text name(String kind, String code);
}
