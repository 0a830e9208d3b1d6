package org.greenchannel.platform;

import java.util.Optional;
import org.greenchannel.kernel.Viewer;

/** The signed-in viewer of this request. */
public interface CurrentUser {
    /** The viewer, or a problem {@code not-signed-in} when nobody is. */
    Viewer require();

    /** The viewer if somebody is signed in. */
    Optional<Viewer> find();
}
