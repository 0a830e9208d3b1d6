/** Talking to the server: JSON with the CSRF header of the page, never anywhere else than to this origin. */

export interface FieldError {
  pointer: string;
  rule?: string;
  message: string;
}

export interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
  status?: number;
  errors?: FieldError[];
  savedAt?: string;
  version?: number;
}

export type Answer =
  | { kind: 'done'; body: { location?: string; savedAt?: string; version?: number; data?: Record<string, unknown>; warnings?: string[] } }
  | { kind: 'problem'; status: number; problem: ProblemBody }
  | { kind: 'offline' };

/** A line that answers nothing for so long is no line. */
const PATIENCE = 20_000;

export const meta = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

export const chinese = (): boolean => document.documentElement.lang.startsWith('zh');

export const newKey = (): string =>
  typeof crypto.randomUUID === 'function'
    ? crypto.randomUUID()
    : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export async function send(
  method: 'POST' | 'PUT' | 'GET' | 'DELETE',
  url: string,
  body: unknown,
  options: { key?: string; keepalive?: boolean } = {},
): Promise<Answer> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    Accept: 'application/json, application/problem+json',
    'Accept-Language': document.documentElement.lang,
  };
  const csrf = meta('csrf-header');
  if (csrf) headers[csrf] = meta('csrf-token');
  if (options.key) headers['Idempotency-Key'] = options.key;
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
      credentials: 'same-origin',
      redirect: 'error',
      keepalive: options.keepalive ?? false,
    });
  } catch {
    return { kind: 'offline' };
  }
  const text = await response.text();
  let parsed: unknown = {};
  try {
    parsed = text ? JSON.parse(text) : {};
  } catch {
    parsed = {};
  }
  return response.ok
    ? { kind: 'done', body: parsed as { location?: string } }
    : { kind: 'problem', status: response.status, problem: parsed as ProblemBody };
}
