// Style shows .only-script and hides .no-script where this ran.
document.documentElement.classList.add("has-script");
