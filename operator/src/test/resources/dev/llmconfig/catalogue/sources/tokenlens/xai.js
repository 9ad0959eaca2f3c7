export const models = {
    id: "xai",
    models: {},
};
export default models;
