// Adds the build to an address that was opened without it, in place: an entry of its own would catch the visitor who goes Back.

export default function ({ data }) {
  const address = new URL(window.location.href);
  if (address.searchParams.has(data.name)) return;
  address.searchParams.append(data.name, data.build);
  window.history.replaceState(window.history.state, "", address);
}
