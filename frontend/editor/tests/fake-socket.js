// A WebSocket whose other end the test holds.
export class FakeSocket {
  static all = [];
  static get last() {
    return FakeSocket.all.at(-1);
  }

  readyState = 0;
  bufferedAmount = 0;
  sent = [];

  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(bytes) {
    this.sent.push(bytes);
  }

  close() {
    this.readyState = 3;
  }

  opens() {
    this.readyState = 1;
    this.onopen?.();
  }

  says(message) {
    this.onmessage?.({ data: message.buffer.slice(message.byteOffset, message.byteOffset + message.length) });
  }

  closes(code) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}
