// What does rosi say? The questions of the page, and nothing else leaves it.

import { fill } from "./dom.js";
import { words } from "./words.js";

const token = document.querySelector("meta[name=rosi-token]").content;

/** What was refused, with its faults. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.faults?.[0]?.message ?? fill(words.refused, { status }));
    this.status = status;
    this.body = body;
  }
}

export async function post(path, body, signal) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-rosi-token": token },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => null));
  return response;
}

export const ask = async (path, body, signal) => (await post(path, body, signal)).json();

export async function get(path, signal) {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => null));
  return response.json();
}

/** Keeps what a question answers as a file. */
export async function download(path, body) {
  const response = await post(path, body);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "case.txt";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return name;
}
