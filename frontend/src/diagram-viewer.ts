/** <diagram-viewer src>: the process picture with where the case stands; the page lists the same in words. */
import { text } from './texts';

class DiagramViewer extends HTMLElement {
  private watcher: IntersectionObserver | undefined;

  connectedCallback(): void {
    if (this.dataset['state']) return;
    this.dataset['state'] = 'waiting';
    // pictures weigh 100 kB: load one only when somebody looks at it
    this.watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.watcher?.disconnect();
      void this.load();
    });
    this.watcher.observe(this);
  }

  private async load(): Promise<void> {
    this.dataset['state'] = 'loading';
    try {
      const [{ showDiagram }, response] = await Promise.all([
        import('./bpmn-js'),
        fetch(this.getAttribute('src') ?? '', { credentials: 'same-origin', headers: { Accept: 'application/xml' } }),
      ]);
      if (!response.ok) throw new Error(String(response.status));
      const state = JSON.parse(this.dataset['tokens'] || '{}') as Record<string, unknown>;
      await showDiagram(this, await response.text(), state);
      this.dataset['state'] = 'ready';
    } catch (failure) {
      this.dataset['state'] = 'broken';
      this.appendChild(document.createElement('p')).textContent = text('broken');
      throw failure;
    }
  }
}

customElements.define('diagram-viewer', DiagramViewer);
