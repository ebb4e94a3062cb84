import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const tauri = {
  group: ["@tauri-apps/*"],
  message: "Only the two doors in src/lib/platform know Tauri; everything else takes a platform.",
};

export default ts.config(
  { ignores: ["dist", "dist-gallery", "node_modules", "src/lib/platform/types.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-restricted-imports": ["error", { patterns: [tauri] }],
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
    rules: {
      // What comes from outside is text, always.
      "svelte/no-at-html-tags": "error",
      // The content security policy forbids style attributes.
      "svelte/no-inline-styles": ["error", { allowTransitions: false }],
    },
  },
  {
    files: ["src/lib/**/*.svelte", "src/App.svelte", "src/Console.svelte"],
    rules: {
      // Words live in the catalogue.
      "svelte/no-raw-special-elements": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: ":not(SvelteStyleElement) > SvelteText[value=/\\p{L}/u]",
          message: "Words belong into the catalogue in src/lib/words.",
        },
        {
          selector:
            "SvelteAttribute[key.name=/^(aria-label|title|placeholder|alt)$/] > SvelteLiteral[value=/\\p{L}/u]",
          message: "Words belong into the catalogue in src/lib/words.",
        },
      ],
    },
  },
  {
    files: ["src/lib/platform/tauri.ts", "src/lib/platform/console-tauri.ts"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    files: ["*.js", "*.ts"],
    languageOptions: { globals: { ...globals.node } },
  },
);
