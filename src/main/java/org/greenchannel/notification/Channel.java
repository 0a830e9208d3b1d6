package org.greenchannel.notification;

/** How a notice reaches an account. */
public enum Channel {
    /** The bell; the list of messages has everything in any case. */
    IN_APP,
    /** By mail to the account's mail box. */
    MAIL,
    /** By text message over the city's gateway. */
    SMS,
    /** By the government's chat over the city's gateway. */
    CHAT
}
