/* What was just done on a page of ours is said above its heading. The focus goes there, so that it is read out, and the
   next Tab leads into the page and not through the whole menu again. */
const said = document.querySelector(".messages li");
if (said && document.querySelector(".case-page, .case-list-head")) {
  said.tabIndex = -1;
  said.focus();
}
