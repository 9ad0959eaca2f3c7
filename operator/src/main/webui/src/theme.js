// Runs before the first paint, so that a dark page never flashes white.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('llmconfig.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (localStorage.getItem('llmconfig.density') === 'compact') root.dataset.density = 'compact';
  } catch (refused) {
    // A browser that stores nothing shows what the system prefers.
  }
})();
