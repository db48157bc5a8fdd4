/** A line that opens, says what comes, and closes; nothing else. Here over a WebSocket. */

export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface Ears {
  opened(): void;
  /** Something came, though not yet a whole message: the line lives. */
  stirred(): void;
  heard(text: string): void;
  closed(code: number): void;
}

export type Connect = (ears: Ears) => Wire;

export function socketTo(url: string): Connect {
  return (ears) => {
    const socket = new WebSocket(url, 'plenary.v1');
    socket.onopen = () => {
      ears.opened();
    };
    socket.onmessage = (event) => {
      ears.heard(String(event.data));
    };
    socket.onclose = (event) => {
      ears.closed(event.code);
    };
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: () => {
        socket.onclose = null;
        socket.onmessage = null;
        socket.close();
      },
    };
  };
}
