/**
 * News from the server. One tab holds the connection and tells the others: a browser has only a few connections to one
 * server, and a person has many tabs. What is told are ids; what they stand for is asked for under the rights of the page.
 */
const CHANNEL = 'gc-events';

/** A browser gives up after an answer that is no stream, such as that of a full server: asked again some times, later. */
const AGAIN = [30_000, 60_000, 120_000, 240_000];

interface News {
  ids?: string[];
  over?: boolean;
}

export function listen(news: (ids: string[]) => void, over: () => void): void {
  if (!('EventSource' in window)) return;
  const hear = (said: News): void => {
    if (said.over) over();
    else if (said.ids?.length) news(said.ids);
  };
  if (!('locks' in navigator) || !('BroadcastChannel' in window)) {
    connect(hear);
    return;
  }
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', (event: MessageEvent<News>) => hear(event.data));
  const ended = new AbortController();
  addEventListener('pagehide', () => ended.abort(), { once: true });
  void navigator.locks
    .request(CHANNEL, { signal: ended.signal }, () => {
      const stop = connect((said) => {
        hear(said);
        channel.postMessage(said);
      });
      return new Promise<void>((done) => {
        addEventListener('pagehide', () => {
          stop();
          done();
        });
      });
    })
    .catch(() => undefined);
}

/** Listens until the page is left; answers how to stop. */
function connect(hear: (said: News) => void, attempt = 0): () => void {
  const source = new EventSource('/events');
  let timer = 0;
  let stop = (): void => {
    clearTimeout(timer);
    source.close();
  };
  source.addEventListener('open', () => (attempt = 0));
  source.addEventListener('items', (event: MessageEvent<string>) => {
    try {
      hear({ ids: JSON.parse(event.data) as string[] });
    } catch {
      // news that cannot be read are no news
    }
  });
  source.addEventListener('over', () => {
    source.close();
    hear({ over: true });
  });
  source.addEventListener('rest', () => source.close());
  source.addEventListener('error', () => {
    const wait = AGAIN[attempt];
    if (source.readyState !== EventSource.CLOSED || wait === undefined) return;
    timer = window.setTimeout(() => (stop = connect(hear, attempt + 1)), wait);
  });
  addEventListener('pagehide', () => stop());
  return () => stop();
}
