// One behaviour a file. Each binds to data- attributes on the document, so that fragments fetched later have it too.
import "./script-is-here.js";
import "./htmx-setup.js";
import "../editor/kept/signout.js";
import "./confirm.js";
import "./passkey.js";
import "./keep.js";
import "./once.js";
import "./autosubmit.js";
import "./autosize.js";
import "./filter.js";
import "./reorder.js";
import "./menu.js";
import "./copy.js";
import "./print.js";
import "./fill.js";
import "./show-password.js";
import "./wrong.js";
