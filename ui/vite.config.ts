import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

/*
 * What never meets: the app (`vite build`, into dist) and the gallery (`vite build --mode gallery`,
 * into dist-gallery). The app is two pages, a guest's login and support's console; its bundle
 * holds no gallery.
 */
export default defineConfig(({ mode }) => {
  const gallery = mode === "gallery";
  return {
    plugins: [svelte()],
    clearScreen: false,
    // What stands in for remote browsers in the gallery.
    publicDir: gallery ? "src/gallery/public" : false,
    server: { port: 5173, strictPort: true, host: "127.0.0.1" },
    build: {
      outDir: gallery ? "dist-gallery" : "dist",
      emptyOutDir: true,
      // What the webviews of the systems we support can do; `light-dark()` is the newest of it.
      target: ["chrome123", "safari17.5"],
      // The content security policy allows files of ours and nothing inline.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: gallery ? "gallery.html" : ["index.html", "console.html"] },
    },
  };
});
