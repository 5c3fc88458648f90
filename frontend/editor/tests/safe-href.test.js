import assert from "node:assert/strict";
import { test } from "node:test";
import { hrefFrom, isSafe } from "../text/safe-href.js";

test("pages, e-mails and telephones may be linked", () => {
  for (const href of ["https://example.org", "http://example.org/a?b#c", "mailto:rosa@example.org", "tel:+15551234", "HTTPS://EXAMPLE.ORG"]) {
    assert.ok(isSafe(href), href);
  }
});

test("what the server would refuse is refused here", () => {
  const refused = [
    "javascript:alert(1)", "java\tscript:alert(1)", " https://example.org", "https://example.org/a b", "#_ftn1", "/plans/", "example.org",
    "ftp://example.org", "file:///etc/passwd", "http://[bad", "http://a[b@example.org", "https://example.org\u00a0", "data:text/html,x", "",
    null, `https://example.org/${"a".repeat(2000)}`,
  ];
  refused.forEach((href) => assert.equal(isSafe(href), false, String(href)));
});

test("an address that somebody types becomes a link", () => {
  assert.equal(hrefFrom(" example.org/jobs "), "https://example.org/jobs");
  assert.equal(hrefFrom("rosa@example.org"), "mailto:rosa@example.org");
  assert.equal(hrefFrom("https://example.org"), "https://example.org");
  assert.equal(hrefFrom("what is this"), "");
  assert.equal(hrefFrom("javascript:alert(1)"), "");
});
