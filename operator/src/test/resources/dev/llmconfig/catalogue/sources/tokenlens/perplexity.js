export const models = {
    id: "perplexity",
    models: {},
};
export default models;
