/** Keys of one letter: never while somebody types or composes, and off when he does not want them. */
const OFF = 'gc-keys-off';

export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && target.type === 'checkbox');

/** A key by itself, meant for the page. */
export const plain = (event: KeyboardEvent): boolean =>
  !(event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target));

export const keysOff = (): boolean => {
  try {
    return localStorage.getItem(OFF) === 'true';
  } catch {
    return false;
  }
};

export const setKeysOff = (off: boolean): void => {
  try {
    localStorage.setItem(OFF, String(off));
  } catch {
    // without storage the choice lasts as long as the page
  }
};
