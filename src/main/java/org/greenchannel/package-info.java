/** Green Channel (绿通): workflows of involuntary psychiatric treatment and referral for one city. */
@NullMarked
package org.greenchannel;

import org.jspecify.annotations.NullMarked;
