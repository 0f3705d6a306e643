/** The five lines that somebody puts on their page. */
export const tagOf = (origin: string, attributes: string): string => `
<script type="module" src="${origin}/offset-button.js"></script>
<p><offset-button id="main" key="pk_test_page" api="${origin}" ${attributes}>
  <a href="https://pay.example/">Pay here</a>
</offset-button></p>`
