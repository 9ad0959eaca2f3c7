export const models = {
    id: "togetherai",
    models: {},
};
export default models;
