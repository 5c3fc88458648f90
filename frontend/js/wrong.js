// After a form was refused the reader starts at the summary of what is wrong.
const summary = document.querySelector(".wrong[tabindex]");
if (summary) summary.focus();
