// A button with words that opens the sidebar, in the place of Streamlit's arrows; it shows while the sidebar is shut.

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button.opener") ?? begin(parentElement);
  button.textContent = data.label;
}

function begin(root) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "opener";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "stSidebar");
  button.addEventListener("click", () => {
    document.querySelector('[data-testid="stExpandSidebarButton"]').click();
    window.setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.focus(), 300);
  });
  root.append(button);
  return button;
}
