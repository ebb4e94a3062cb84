/** This computer's time, read once a second while a component that made it is on the page. */
export class Now {
  ms = $state(Date.now());

  constructor() {
    $effect(() => {
      const timer = setInterval(() => {
        this.ms = Date.now();
      }, 1000);
      return () => {
        clearInterval(timer);
      };
    });
  }
}
