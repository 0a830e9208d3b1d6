/** The position of the device: only when a person presses the button, into a field that can be seen and emptied. */
import { text } from './texts';

export function locateButton(field: HTMLInputElement, fill: (value: string) => void): HTMLElement | null {
  if (!('geolocation' in navigator)) return null;
  const box = document.createElement('div');
  box.className = 'locate';
  const button = box.appendChild(document.createElement('button'));
  button.type = 'button';
  button.className = 'button';
  button.textContent = text('locate');
  const status = box.appendChild(document.createElement('span'));
  status.className = 'muted small';
  status.setAttribute('role', 'status');
  button.addEventListener('click', () => {
    status.textContent = text('locating');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const exact = Math.round(coords.accuracy);
        fill(`${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)} ±${exact} m`);
        status.textContent = text('located', { n: String(exact) });
        field.focus();
      },
      () => (status.textContent = text('locateFailed')),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  });
  return box;
}
