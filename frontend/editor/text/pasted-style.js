// The page's policy holds even for a document that nobody sees: each style in it would be an error in the console.
export const withoutStyle = (html) =>
  html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style(\s*=)/gi, "$1data-style$2"));

export const styleOf = (element) => element.getAttribute("data-style") ?? "";
