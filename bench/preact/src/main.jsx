import { render } from "preact";
import { ErrorBoundary, lazy, LocationProvider, Route, Router } from "preact-iso";
import { Toast } from "./components/toast.jsx";
import { WalletPage } from "./pages/wallet.jsx";

// The first screen is in the first file; the others come when they are needed.
const CardPage = lazy(() => import("./pages/card.jsx"));
const CodePage = lazy(() => import("./pages/code.jsx"));

function App() {
  return (
    <LocationProvider>
      <ErrorBoundary>
        <Router>
          <Route path="/a/:account" component={WalletPage} />
          <Route path="/a/:account/code" component={CodePage} />
          <Route path="/a/:account/cards/:id" component={CardPage} />
          <Route path="/a/:account/cards/:id/code" component={CodePage} />
        </Router>
      </ErrorBoundary>
      <Toast />
    </LocationProvider>
  );
}

render(<App />, document.getElementById("app"));

// The code is what most fans open next. Safari has no idle callback.
const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1000));
whenIdle(() => CodePage.preload());
