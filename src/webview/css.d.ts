/** Style sheets are gathered by the bundler into the panel's own; importing one has no value. */
declare module '*.css';
