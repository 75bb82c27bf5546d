const TYPING = "input, textarea, select, [contenteditable]";

/**
 * Keyboard shortcuts: a map from `event.key` (letters in lower case) to what it does.
 *
 * Not while typing, not in a dialog, not together with Ctrl, Alt or Meta; Space is left to a focused button, which it
 * presses.
 */
export function installShortcuts(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    if (event.key === " " && event.target.closest?.("button, summary")) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action(event.key);
  });
}
